use super::{find::{Finder, Found}, grammar::GRAMMAR, sentence::Seen, word::{Piece, pieces}, value::{Mod, Type}};
use crate::hash::Map;
#[derive(Default)]
pub struct Reader { cache: Map<String, usize>, all: Vec<Vec<Piece>>, strong: Vec<bool>, finder: Finder, ids: Vec<(u32,u32,usize)> }
pub fn type_name(t: Type) -> &'static str { Type::ALL[t as usize] }
pub fn mod_name(t: Mod) -> &'static str { t.name() }
impl Reader {
    pub fn begin(&mut self, day: Option<i32>) { self.finder.begin(day) }
    pub fn read<'a>(&mut self, tokens: impl Iterator<Item=(u32,&'a str)>, found: &mut Vec<Found>) {
        self.ids.clear(); let mut strong = false;
        for (start, text) in tokens {
            let id = match self.cache.get(text) { Some(&i) => i, None => { let i = self.all.len(); let p = pieces(&GRAMMAR, text); self.strong.push(p.iter().any(|p| p.word.is_strong)); self.all.push(p); self.cache.insert(text.to_owned(), i); i } };
            strong |= self.strong[id];
            self.ids.push((start, text.len() as u32, id));
        }
        if !strong { return; }
        let all = &self.all;
        self.finder.find(self.ids.iter().map(|&(start, len, id)| Seen { start, len, pieces: &all[id] }), found);
    }
}
